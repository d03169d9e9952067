export { Panel } from './Panel';
export { ScrollTable } from './ScrollTable';
