import { describeVariants } from './describe-variants.js';

describeVariants('2', '3', '3-unsigned', '3-plain', '4', '4-signed', '5', '5-plain-oauth', '6');
