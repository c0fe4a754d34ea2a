'use strict';
require('cdk8s');
require('cdk8s-plus-27');
const library = require('../..');

// The name of a class that is used, if any.
void library[process.argv[2]];
