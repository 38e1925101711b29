export { InquiryModule } from './inquiry.module.js';
