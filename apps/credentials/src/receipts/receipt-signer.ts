import { type SigningKey, signStatement } from '#signing';
import { type UnitOfWork } from '#postgres';
import {
  type ReceiptFacts,
  type SignedReceipt,
  storeSignatures,
  takeUnsigned,
} from '../persistence/receipts.js';
import { receiptStatement, receiptType } from './receipt-statement.js';
import { type SigningKeys } from './signing-keys.js';

const batch = 50;

/**
 * Signs receipts after the destruction has committed, so that destruction never waits for
 * a signer. Any number of replicas may run it.
 */
export class ReceiptSigner {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: SigningKeys,
    private readonly keyEpochHours: number,
  ) {}

  /** Signs unsigned receipts that no other replica holds. */
  async signPending(): Promise<void> {
    while ((await this.signBatch()) === batch);
  }

  private async sign(key: SigningKey, facts: ReceiptFacts): Promise<SignedReceipt> {
    const { ticketId, id } = facts;
    const statement = receiptStatement(facts, this.keyEpochHours);
    return { ticketId, id, jws: await signStatement(key, receiptType, statement) };
  }

  private signBatch(): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      const receipts = await takeUnsigned(tx, batch);
      if (receipts.length === 0) return 0;
      const key = await this.keys.current(tx);
      await storeSignatures(tx, await Promise.all(receipts.map((facts) => this.sign(key, facts))));
      return receipts.length;
    });
  }
}
