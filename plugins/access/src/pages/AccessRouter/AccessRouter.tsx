import { lazy, Suspense } from 'react';
import { NotFoundErrorPage } from '@backstage/frontend-plugin-api';
import { SkeletonRows } from '@slipway/backstage-plugin-slipway-react';
import { Route, Routes } from 'react-router-dom';
import { ExplainPage } from '../ExplainPage';

const PeoplePage = lazy(() =>
  import('../PeoplePage').then(m => ({ default: m.PeoplePage })),
);
const RolesPage = lazy(() =>
  import('../RolesPage').then(m => ({ default: m.RolesPage })),
);
const ActionsPage = lazy(() =>
  import('../ActionsPage').then(m => ({ default: m.ActionsPage })),
);

/** The pages under `/access`. */
export function AccessRouter() {
  return (
    <Suspense fallback={<SkeletonRows />}>
      <Routes>
        <Route index element={<ExplainPage />} />
        <Route path="people" element={<PeoplePage />} />
        <Route path="roles" element={<RolesPage />} />
        <Route path="actions" element={<ActionsPage />} />
        <Route path="*" element={<NotFoundErrorPage />} />
      </Routes>
    </Suspense>
  );
}
