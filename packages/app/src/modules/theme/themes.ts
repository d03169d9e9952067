import {
  createUnifiedTheme,
  defaultComponentThemes,
  genPageTheme,
  palettes,
  pageTheme,
  shapes,
  type PageTheme,
} from '@backstage/theme';

// Backstage's own palettes with a colour of ours, and with greys and states that reach WCAG AA (4.5:1 as text)
// on both the page and its cards. slipway.css says the same to the components that read CSS variables.

const navigation = {
  background: '#0F2233',
  indicator: '#FFB454',
  color: '#C3CED8',
  selectedColor: '#FFFFFF',
  navItem: { hoverBackground: '#1D3A52' },
  submenu: { background: '#1D3A52' },
};

const header = genPageTheme({
  colors: ['#0F2233', '#0B5A82'],
  shape: shapes.wave,
});
const headers: Record<string, PageTheme> = Object.fromEntries(
  Object.keys(pageTheme).map(id => [id, header]),
);

// Backstage lets table cells break inside any word, so that columns shrink to "Trackin-g website" before the table
// scrolls. Words break here only when they would not fit into a column of their own.
const components: typeof defaultComponentThemes = {
  ...defaultComponentThemes,
  MuiTableCell: {
    ...defaultComponentThemes?.MuiTableCell,
    styleOverrides: {
      ...defaultComponentThemes?.MuiTableCell?.styleOverrides,
      // The rest is as Backstage has it; a function cannot be extended.
      root: ({ theme }) => ({
        wordBreak: 'normal',
        overflowWrap: 'break-word',
        overflow: 'hidden',
        verticalAlign: 'middle',
        lineHeight: '1',
        margin: 0,
        padding: theme.spacing(3, 2, 3, 2.5),
        borderBottom: 0,
      }),
    },
  },
};

export const lightTheme = createUnifiedTheme({
  palette: {
    ...palettes.light,
    background: { default: '#F5F6F8', paper: '#FFFFFF' },
    primary: { main: '#0B5A82' },
    secondary: { main: '#8A4B00' },
    status: {
      ok: '#1A7F37',
      warning: '#9A6700',
      error: '#C4202F',
      running: '#1F5493',
      pending: '#756200',
      aborted: '#5F6772',
    },
    border: '#DDE1E6',
    textSubtle: '#5B6570',
    link: '#0B63A5',
    linkHover: '#084A7C',
    navigation,
    tabbar: { indicator: '#0B5A82' },
  },
  pageTheme: headers,
  components,
});

export const darkTheme = createUnifiedTheme({
  palette: {
    ...palettes.dark,
    background: { default: '#171D24', paper: '#212932' },
    primary: { main: '#8CC8F2', dark: '#6FB3E6' },
    secondary: { main: '#FFC98A' },
    status: {
      ok: '#71CF88',
      warning: '#FFB84D',
      error: '#FF8087',
      running: '#79B8F3',
      pending: '#EBDD6A',
      aborted: '#AAB3BD',
    },
    border: '#3A444F',
    textSubtle: '#B5BEC8',
    textVerySubtle: '#7F8A95',
    link: '#8CC8F2',
    linkHover: '#B5DCF8',
    errorText: '#FFB3B8',
    errorBackground: '#4A1D22',
    infoText: '#B5DCF8',
    infoBackground: '#12344C',
    navigation,
    tabbar: { indicator: '#8CC8F2' },
  },
  pageTheme: headers,
  components,
});
