import { describeVariants } from './describe-variants.js';

describeVariants('1');
