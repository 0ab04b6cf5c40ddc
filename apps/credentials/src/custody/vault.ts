import { DataKey, decodeFields, encodeFields, openPart, type PartPosition, sealPart, unwrapDataKey, wipe, wrapDataKey } from '#envelope';
import { type KeyEncryptionKeys } from './key-encryption-keys.js';

/** What a customer shares. Lives in memory only, from a request to a response. */
export interface Secret {
  readonly username: string;
  readonly password: string;
  readonly link: string | null;
  readonly additionalInformation: string | null;
}

export interface SealedSecret {
  readonly kekId: string;
  readonly wrappedKey: Buffer;
  readonly core: Buffer;
  readonly note: Buffer | null;
  readonly noteVersion: number;
}

/** Where a sealed secret belongs; opened anywhere else, it does not open. */
export interface Place {
  readonly ticketId: string;
  readonly id: string;
}

/** Seals and opens secrets: the only code that holds a data key. What each part is bound to: docs/crypto-format.md. */
export class Vault {
  constructor(private readonly keys: KeyEncryptionKeys) {}

  seal(place: Place, { username, password, link, additionalInformation }: Secret): SealedSecret {
    const { id: kekId, key } = this.keys.current();
    const dataKey = DataKey.generate();
    try {
      const wrappedKey = wrapDataKey(key, dataKey, keyContext(place, kekId));
      const core = sealFields(dataKey, corePosition(place), { username, password, link });
      return { kekId, wrappedKey, core, note: sealNote(dataKey, place, 1, additionalInformation), noteVersion: 1 };
    } finally {
      dataKey.wipe();
    }
  }

  /** @throws OpenError, the same for every reason */
  open(place: Place, sealed: SealedSecret): Secret {
    return this.withDataKey(place, sealed, (dataKey) => {
      const { username, password, link } = openFields(dataKey, corePosition(place), sealed.core);
      const note = sealed.note === null ? {} : openFields(dataKey, notePosition(place, sealed.noteVersion), sealed.note);
      return {
        username: username ?? '',
        password: password ?? '',
        link: link ?? null,
        additionalInformation: note.additionalInformation ?? null,
      };
    });
  }

  /** Seals another note under the credential's own data key. */
  resealNote(place: Place, sealed: SealedSecret, additionalInformation: string | null): Buffer | null {
    return this.withDataKey(place, sealed, (dataKey) => sealNote(dataKey, place, sealed.noteVersion + 1, additionalInformation));
  }

  private withDataKey<T>(place: Place, { kekId, wrappedKey }: SealedSecret, use: (dataKey: DataKey) => T): T {
    const dataKey = unwrapDataKey(this.keys.get(kekId), wrappedKey, keyContext(place, kekId));
    try {
      return use(dataKey);
    } finally {
      dataKey.wipe();
    }
  }
}

const keyContext = ({ ticketId, id }: Place, kekId: string): string[] => [ticketId, id, kekId];
const corePosition = ({ ticketId, id }: Place): PartPosition => ({ context: [ticketId, id], part: 'core', version: 1 });
const notePosition = ({ ticketId, id }: Place, version: number): PartPosition => ({ context: [ticketId, id], part: 'note', version });

const sealNote = (dataKey: DataKey, place: Place, version: number, additionalInformation: string | null): Buffer | null =>
  additionalInformation === null ? null : sealFields(dataKey, notePosition(place, version), { additionalInformation });

function sealFields(dataKey: DataKey, position: PartPosition, fields: Record<string, string | null>): Buffer {
  const plaintext = encodeFields(fields);
  try {
    return sealPart(dataKey, position, plaintext);
  } finally {
    wipe(plaintext);
  }
}

function openFields(dataKey: DataKey, position: PartPosition, sealed: Buffer): Record<string, string | null> {
  const plaintext = openPart(dataKey, position, sealed);
  try {
    return decodeFields(plaintext);
  } finally {
    wipe(plaintext);
  }
}
