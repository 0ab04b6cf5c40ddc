import { type PublicKeySet, readStatement, StatementError } from '#signing';
import { type ReceiptStatement, receiptType } from './receipt-statement.js';

export type Verdict =
  | { readonly ok: true; readonly kid: string; readonly statement: ReceiptStatement }
  | { readonly ok: false; readonly reason: string };

/**
 * The receipts in a file, in any form that a user may have saved: a bare JWS, one item of
 * `GET …/destruction-receipts`, or a page of them.
 * @throws StatementError when there is none in it
 */
export function receiptsIn(text: string): readonly string[] {
  const trimmed = text.trim();
  if (!trimmed.startsWith('{') && !trimmed.startsWith('[')) return [trimmed];
  const document = parse(trimmed);
  const items: unknown[] = Array.isArray(document)
    ? document
    : Array.isArray(fieldOf(document, 'items'))
      ? (fieldOf(document, 'items') as unknown[])
      : [document];
  return items.map((item) => {
    const jws = fieldOf(item, 'jws');
    if (typeof jws !== 'string')
      throw new StatementError(
        'a receipt without a signature (jws) is no proof; fetch it again in a moment',
      );
    return jws;
  });
}

/** Verifies the signature offline, by published keys. */
export async function verifyReceipt(jws: string, keys: PublicKeySet): Promise<Verdict> {
  try {
    const { kid, claims } = await readStatement(jws, receiptType, keys);
    return { ok: true, kid, statement: claims as ReceiptStatement };
  } catch (error) {
    if (error instanceof StatementError) return { ok: false, reason: error.message };
    throw error;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new StatementError('the file is neither JSON nor a JWS');
  }
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
