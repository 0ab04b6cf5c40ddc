import {
  DataKey,
  decodeFields,
  encodeFields,
  type KeyEncryptionKey,
  OpenError,
  openPart,
  type PartPosition,
  sealPart,
  unwrapDataKey,
  wipe,
  wrapDataKey,
} from '#envelope';
import { revealPlaintext } from './reveal-plaintext.js';
import { SecretText } from './secret-text.js';

/** What a customer shares. Lives in memory only, from a request to a response. */
export interface Secret {
  readonly username: SecretText;
  readonly password: SecretText;
  readonly link: SecretText | null;
  readonly additionalInformation: SecretText | null;
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

/** A sealed secret beside the key that its data key is wrapped with. Nothing is opened yet; opening it needs nothing more. */
export interface HeldSecret {
  readonly sealed: Place & SealedSecret;
  readonly kek: KeyEncryptionKey;
}

export interface VaultKeys {
  /** What new credentials are wrapped with: in memory, since to seal waits for nothing. */
  current(): KeyEncryptionKey;
  /** @throws KeyRingError `missing-key` */
  get(id: string): Promise<KeyEncryptionKey>;
}

/** Seals and opens secrets: the only code that holds a data key. What each part is bound to: docs/crypto-format.md. */
export class Vault {
  constructor(private readonly keys: VaultKeys) {}

  seal(place: Place, { username, password, link, additionalInformation }: Secret): SealedSecret {
    const kek = this.keys.current();
    const dataKey = DataKey.generate();
    try {
      const wrappedKey = wrapDataKey(kek, dataKey, keyContext(place, kek.id));
      const core = sealFields(dataKey, corePosition(place), { username, password, link });
      return { kekId: kek.id, wrappedKey, core, note: sealNote(dataKey, place, 1, additionalInformation), noteVersion: 1 };
    } finally {
      dataKey.wipe();
    }
  }

  /** To be called in the transaction that holds the gate: once that has ended, the key may be rotated away. @throws KeyRingError */
  async hold(sealed: Place & SealedSecret): Promise<HeldSecret> {
    return { sealed, kek: await this.keys.get(sealed.kekId) };
  }

  /** @throws OpenError, the same for every reason */
  open(held: HeldSecret): Secret {
    const { sealed } = held;
    return withDataKey(held, (dataKey) => {
      const { username, password, link } = openFields(dataKey, corePosition(sealed), sealed.core);
      const note = sealed.note === null ? {} : openFields(dataKey, notePosition(sealed, sealed.noteVersion), sealed.note);
      if (!username || !password) throw new OpenError();
      return { username, password, link: link ?? null, additionalInformation: note.additionalInformation ?? null };
    });
  }

  /** Seals another note under the credential's own data key. @throws OpenError */
  resealNote(held: HeldSecret, additionalInformation: SecretText | null): Buffer | null {
    const { sealed } = held;
    return withDataKey(held, (dataKey) => sealNote(dataKey, sealed, sealed.noteVersion + 1, additionalInformation));
  }
}

const keyContext = ({ ticketId, id }: Place, kekId: string): string[] => [ticketId, id, kekId];
const corePosition = ({ ticketId, id }: Place): PartPosition => ({ context: [ticketId, id], part: 'core', version: 1 });
const notePosition = ({ ticketId, id }: Place, version: number): PartPosition => ({ context: [ticketId, id], part: 'note', version });

function withDataKey<T>({ sealed, kek }: HeldSecret, use: (dataKey: DataKey) => T): T {
  const dataKey = unwrapDataKey(kek, sealed.wrappedKey, keyContext(sealed, sealed.kekId));
  try {
    return use(dataKey);
  } finally {
    dataKey.wipe();
  }
}

const sealNote = (dataKey: DataKey, place: Place, version: number, additionalInformation: SecretText | null): Buffer | null =>
  additionalInformation === null ? null : sealFields(dataKey, notePosition(place, version), { additionalInformation });

type Fields = Record<string, SecretText | null>;

function sealFields(dataKey: DataKey, position: PartPosition, fields: Fields): Buffer {
  const bytes = encodeFields(mapValues(fields, revealPlaintext));
  try {
    return sealPart(dataKey, position, bytes);
  } finally {
    wipe(bytes);
  }
}

function openFields(dataKey: DataKey, position: PartPosition, sealed: Buffer): Fields {
  const bytes = openPart(dataKey, position, sealed);
  try {
    return mapValues(decodeFields(bytes), (text) => new SecretText(text));
  } finally {
    wipe(bytes);
  }
}

const mapValues = <A, B>(fields: Record<string, A | null>, to: (value: A) => B): Record<string, B | null> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value === null ? null : to(value)]));
