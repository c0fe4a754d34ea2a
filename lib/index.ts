export * from './promql';
export * from './kubernetes';
export * from './monitoring';
export * from './components';
export * from './backend';
export * from './server';
export * from './operator';
export * from './stack';
