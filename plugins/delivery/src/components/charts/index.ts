export { DistributionChart, MeasurementChart, WeightChart } from './lazyCharts';
