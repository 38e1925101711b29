import { describeVariants } from './describe-variants.js';

describeVariants([{ id: '2' }, { id: '6' }]);
