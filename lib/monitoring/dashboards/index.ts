export { Dashboard, DashboardOptions } from './dashboard';
