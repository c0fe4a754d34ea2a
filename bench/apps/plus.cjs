'use strict';
// What the library builds on, without the library.
require('cdk8s');
require('cdk8s-plus-27');
