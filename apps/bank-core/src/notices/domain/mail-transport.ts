import type { Mail } from './notice.js';

/** Hands a mail to whatever carries it. Throws when it was not taken; the same mail may come again. */
export interface MailTransport {
  send(mail: Mail & { readonly sender: string }): Promise<void>;
}

export const MAIL_TRANSPORT = Symbol('MailTransport');
