export { MeasurementChart, WeightChart } from './lazyCharts';
