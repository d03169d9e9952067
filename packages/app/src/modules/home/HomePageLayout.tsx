import { Content } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { CustomHomepageGrid } from '@backstage/plugin-home';
import type { HomePageLayoutProps } from '@backstage/plugin-home-react/alpha';
import { Fragment, useMemo } from 'react';
import { homeTranslationRef } from './translation';

// The default layout has 10 columns on a laptop's screen, where two widgets of 6 no longer stand side by side
// but overlap. Here it is always 12, or one widget in a row below 700 pixels. Pixels of the grid, without the sidebar.
const BREAKPOINTS = { xl: 1600, lg: 1100, md: 700, sm: 400, xs: 200, xxs: 0 };
const COLUMNS = { xl: 12, lg: 12, md: 12, sm: 4, xs: 4, xxs: 4 };

/** The widgets of the home page, where the config or the person has put them. */
export function HomePageLayout({
  widgets,
  defaultConfig,
}: HomePageLayoutProps) {
  const { t } = useTranslationRef(homeTranslationRef);
  const config = useMemo(
    () =>
      defaultConfig?.map(({ column, row, ...item }) => ({
        ...item,
        x: column,
        y: row,
      })),
    [defaultConfig],
  );

  return (
    <Content>
      <CustomHomepageGrid
        title={t('title')}
        config={config}
        breakpoints={BREAKPOINTS}
        cols={COLUMNS}
      >
        {widgets.map(widget => (
          <Fragment key={widget.node.spec.id}>{widget.component}</Fragment>
        ))}
      </CustomHomepageGrid>
    </Content>
  );
}
