import '@backstage/cli/asset-types';
import '@backstage/ui/css/styles.css';
import './modules/theme/slipway.css';
import ReactDOM from 'react-dom/client';
import App from './App';

const container = document.getElementById('root');
if (!container) {
  throw new Error('public/index.html has no element with the id "root"');
}
ReactDOM.createRoot(container).render(App.createRoot());
