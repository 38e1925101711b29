export { MailModule } from './mail.module.js';
export { NoticesModule } from './notices.module.js';
export { NoticesService } from './notices.service.js';
export type { NoticeToQueue } from './domain/notice.js';
