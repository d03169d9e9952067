export { ReleaseField } from './ReleaseField';
