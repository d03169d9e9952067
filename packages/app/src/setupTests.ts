import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// The first render of a page loads much of Material UI; on a busy machine that takes longer than the default second.
configure({ asyncUtilTimeout: 10_000 });
jest.setTimeout(30_000);
