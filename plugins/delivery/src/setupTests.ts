import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Queries by role walk whole pages, which jsdom does slowly on a busy machine.
jest.setTimeout(60_000);
configure({ asyncUtilTimeout: 10_000 });
