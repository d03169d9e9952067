import { lazy, Suspense } from 'react';
import { NotFoundErrorPage } from '@backstage/frontend-plugin-api';
import { Route, Routes } from 'react-router-dom';
import { SkeletonRows } from '@slipway/backstage-plugin-slipway-react';
import { MatrixPage } from '../MatrixPage';

const RolloutsPage = lazy(() =>
  import('../RolloutsPage').then(m => ({ default: m.RolloutsPage })),
);
const RolloutPage = lazy(() =>
  import('../RolloutPage').then(m => ({ default: m.RolloutPage })),
);
const PromotionsPage = lazy(() =>
  import('../PromotionsPage').then(m => ({ default: m.PromotionsPage })),
);
const PromotionPage = lazy(() =>
  import('../PromotionPage').then(m => ({ default: m.PromotionPage })),
);
const ApprovalsPage = lazy(() =>
  import('../ApprovalsPage').then(m => ({ default: m.ApprovalsPage })),
);
const PipelinesPage = lazy(() =>
  import('../PipelinesPage').then(m => ({ default: m.PipelinesPage })),
);
const CalendarPage = lazy(() =>
  import('../CalendarPage').then(m => ({ default: m.CalendarPage })),
);

/** The pages under `/delivery`. */
export function DeliveryRouter() {
  return (
    <Suspense fallback={<SkeletonRows />}>
      <Routes>
        <Route index element={<MatrixPage />} />
        <Route path="rollouts" element={<RolloutsPage />} />
        <Route path="rollouts/:id" element={<RolloutPage />} />
        <Route path="promotions" element={<PromotionsPage />} />
        <Route path="promotions/:id" element={<PromotionPage />} />
        <Route path="approvals" element={<ApprovalsPage />} />
        <Route path="pipelines" element={<PipelinesPage />} />
        <Route path="calendar" element={<CalendarPage />} />
        <Route path="*" element={<NotFoundErrorPage />} />
      </Routes>
    </Suspense>
  );
}
