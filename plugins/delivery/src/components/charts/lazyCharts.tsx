import { lazy, Suspense, type ComponentProps } from 'react';
import Skeleton from '@mui/material/Skeleton';

// recharts is by far the biggest part of the plugin; only pages that draw load it.
const LazyWeightChart = lazy(() =>
  import('./WeightChart').then(m => ({ default: m.WeightChart })),
);
const LazyMeasurementChart = lazy(() =>
  import('./MeasurementChart').then(m => ({ default: m.MeasurementChart })),
);

const LazyDistributionChart = lazy(() =>
  import('./DistributionChart').then(m => ({ default: m.DistributionChart })),
);

const placeholder = <Skeleton variant="rounded" height={200} />;

/** See `WeightChart`. */
export function WeightChart(props: ComponentProps<typeof LazyWeightChart>) {
  return (
    <Suspense fallback={placeholder}>
      <LazyWeightChart {...props} />
    </Suspense>
  );
}

/** See `MeasurementChart`. */
export function MeasurementChart(
  props: ComponentProps<typeof LazyMeasurementChart>,
) {
  return (
    <Suspense fallback={placeholder}>
      <LazyMeasurementChart {...props} />
    </Suspense>
  );
}

/** See `DistributionChart`. */
export function DistributionChart(
  props: ComponentProps<typeof LazyDistributionChart>,
) {
  return (
    <Suspense fallback={placeholder}>
      <LazyDistributionChart {...props} />
    </Suspense>
  );
}
