import { reviewApp } from './examples/support';

reviewApp('.');
