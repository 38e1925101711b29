import { createTransport, type Transporter } from 'nodemailer';
import type { MailTransport } from './domain/mail-transport.js';
import type { Mail } from './domain/notice.js';

const SECONDS = 1_000;

/** A mail server by its URL (`smtps://user:password@host:465`, or `smtp://` with STARTTLS demanded). */
export class SmtpTransport implements MailTransport {
  private readonly transporter: Transporter;

  /** `mayBePlain`: a test's server on loopback speaks no TLS. */
  constructor(
    url: string,
    private readonly address: string,
    mayBePlain = false,
  ) {
    const { protocol, hostname, port, username, password } = new URL(url);
    const isTls = protocol === 'smtps:';
    this.transporter = createTransport({
      pool: true,
      maxConnections: 2,
      host: hostname,
      port: Number(port || (isTls ? 465 : 587)),
      secure: isTls,
      requireTLS: !isTls && !mayBePlain,
      ignoreTLS: mayBePlain,
      connectionTimeout: 10 * SECONDS,
      greetingTimeout: 10 * SECONDS,
      socketTimeout: 30 * SECONDS,
      // A mail is built from our own text alone: nothing is fetched and no file is read.
      disableFileAccess: true,
      disableUrlAccess: true,
      ...(username
        ? { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }
        : {}),
    });
  }

  async send(mail: Mail & { readonly sender: string }): Promise<void> {
    await this.transporter.sendMail({
      from: { name: mail.sender, address: this.address },
      to: { name: '', address: mail.recipient },
      subject: mail.subject,
      text: mail.body,
      messageId: mail.messageId,
      // RFC 3834: no machine answers it.
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
  }

  close(): void {
    this.transporter.close();
  }
}
