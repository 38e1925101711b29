import { readFile, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { GATEWAY_CONFIG, type GatewayConfig } from '../config.js';
import { ClientCertificates } from './client-certificates.js';

const PAUSE_MS = 1_000;

/**
 * Follows the operator's file of revocation lists, so that a certificate that was taken back is refused on
 * connections that are already open (T-11). A file that cannot be read leaves the last good one in force,
 * until that one is over.
 */
@Injectable()
export class RevocationWatch implements OnModuleInit, OnApplicationShutdown {
  private readonly stopped = new AbortController();
  private readonly log = new Logger('RevocationWatch');
  private version = '';

  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    @Inject(ClientCertificates) private readonly certificates: ClientCertificates,
  ) {}

  /** Throws when the first reading fails: a gateway that cannot know what was revoked does not start. */
  async onModuleInit(): Promise<void> {
    const { revocationFile } = this.config.mutualTls;
    if (revocationFile === undefined) return;
    await this.readIfNew(revocationFile);
    void this.follow(revocationFile);
  }

  onApplicationShutdown(): void {
    this.stopped.abort();
  }

  private async follow(file: string): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      await sleep(PAUSE_MS, undefined, { signal, ref: false }).catch(() => undefined);
      await this.readIfNew(file).catch((error: unknown) => {
        if (!signal.aborted) this.log.warn(`revocation lists not read: ${String(error)}`);
      });
    }
  }

  private async readIfNew(file: string): Promise<void> {
    const { mtimeMs, size, ino } = await stat(file);
    const version = `${mtimeMs} ${size} ${ino}`;
    if (version === this.version) return;
    await this.certificates.readRevocations(await readFile(file, 'utf8'));
    this.version = version;
  }
}
