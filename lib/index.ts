export * from './promql';
export * from './kubernetes';
export * from './monitoring';
export * from './components';
export * from './server';
export * from './stack';
