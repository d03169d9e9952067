import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// On a busy machine jsdom is slow.
jest.setTimeout(60_000);
configure({ asyncUtilTimeout: 10_000 });
