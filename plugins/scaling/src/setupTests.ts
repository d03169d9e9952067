import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Queries by role walk whole pages, which jsdom does slowly on a busy machine.
jest.setTimeout(60_000);
// Looking up whether every ancestor is hidden is most of that; tests look into open dialogs with `within` instead.
configure({ asyncUtilTimeout: 10_000, defaultHidden: true });
