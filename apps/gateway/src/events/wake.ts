import { EventEmitter, once } from 'node:events';
import { Injectable } from '@nestjs/common';

/** Tells the workers of this process that rows may have come due. Only a hint: the rows are the truth. */
@Injectable()
export class Wake {
  private readonly emitter = new EventEmitter({ captureRejections: false }).setMaxListeners(0);

  wake(): void {
    this.emitter.emit('wake');
  }

  /** Returns when somebody wakes, after `ms`, or when `signal` aborts; never throws. */
  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    const over = AbortSignal.any([signal, AbortSignal.timeout(ms)]);
    await once(this.emitter, 'wake', { signal: over }).catch(() => undefined);
  }
}
