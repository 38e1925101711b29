import { Injectable } from '@nestjs/common';
import { BrokenAssertion, type Refusal, type Result } from '#libs/kernel';
import type {
  AbandonTransfer,
  ConfirmTransfer,
  OfferTransfer,
  PrepareTransfer,
  TransferOffer,
  TransferView,
} from './domain/transfer.js';
import type { TransferRefusal } from './domain/transfer.refusals.js';

type Answer<Value> = Promise<Result<Value, Refusal<TransferRefusal>>>;

/** Transfers from the push to the debit: read, decide, write; no rule inside. */
@Injectable()
export class TransfersService {
  prepare(command: PrepareTransfer): Answer<TransferView> {
    throw new BrokenAssertion(`prepare ${command.instructionId}`);
  }

  byInstructionId(
    institutionId: number,
    clientId: string,
    instructionId: string,
  ): Promise<TransferView | undefined> {
    throw new BrokenAssertion(`${institutionId} ${clientId} ${instructionId}`);
  }

  byId(
    institutionId: number,
    clientId: string,
    transferId: string,
  ): Promise<TransferView | undefined> {
    throw new BrokenAssertion(`${institutionId} ${clientId} ${transferId}`);
  }

  offer(command: OfferTransfer): Answer<TransferOffer> {
    throw new BrokenAssertion(`offer ${command.transferId}`);
  }

  confirm(command: ConfirmTransfer): Answer<TransferView> {
    throw new BrokenAssertion(`confirm ${command.transferId}`);
  }

  abandon(command: AbandonTransfer): Promise<void> {
    throw new BrokenAssertion(`abandon ${command.transferId}`);
  }
}
