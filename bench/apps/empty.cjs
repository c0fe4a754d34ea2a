'use strict';
// The least that a cdk8s app does: what any other is compared with.
const { App, Chart } = require('cdk8s');

const app = new App();
new Chart(app, 'empty');
app.synth();
