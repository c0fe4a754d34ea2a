'use strict';
require('cdk8s');
require('cdk8s-plus-27');
require('../..');
