import type { IncomingMessage } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import { storyOf } from '#libs/platform';
import { Catalogue } from '../../bank/index.js';
import type { ArrivedCall, ToldCaller } from '../access.service.js';

/** Who called, for log and figures. */
@Injectable()
export class CallStories {
  constructor(@Inject(Catalogue) private readonly catalogue: Catalogue) {}

  /** What stands in the path is told only where it is a bank: figures are kept by it. */
  tell(request: IncomingMessage, call: ArrivedCall, told?: ToldCaller): void {
    const story = storyOf(request);
    if (this.catalogue.current()?.knowsBank(call.bankCode)) story.institution = call.bankCode;
    story.customerPresent = call.customer.address !== undefined;
    if (!told) return;
    story.client = told.clientId;
    story.intermediary = told.epspId;
    story.partner = told.chainPartnerId;
  }
}
