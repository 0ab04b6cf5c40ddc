import {
  DataKey,
  decodeFields,
  encodeFields,
  type KeyEncryptionKey,
  KeyRingError,
  OpenError,
  openPart,
  type PartPosition,
  sealPart,
  wipe,
} from '#envelope';
import { type Tally } from '#telemetry';
import { withDataKey, wrapFor } from './data-keys.js';
import { type CredentialPlace, type WrappedKey } from '../persistence/wrapped-keys.js';
import { revealPlaintext } from './reveal-plaintext.js';
import { SecretText } from './secret-text.js';

/** What a customer shares, in memory only, from request to response. */
export interface Secret {
  readonly username: SecretText;
  readonly password: SecretText;
  readonly link: SecretText | null;
  readonly additionalInformation: SecretText | null;
}

export interface SealedSecret extends WrappedKey {
  readonly core: Buffer;
  readonly note: Buffer | null;
  readonly noteVersion: number;
}

/**
 * A sealed secret with the key that wraps its data key. Not decrypted yet, but
 * nothing more is needed for that.
 */
export interface HeldSecret<Sealed extends SealedSecret = SealedSecret> {
  readonly sealed: Sealed;
  readonly kek: KeyEncryptionKey;
}

export interface VaultKeys {
  /**
   * From memory if possible: every seal and every opening waits for it.
   * @throws KeyRingError `missing-key`.
   * @throws KeyRingOutage
   */
  get(id: string): Promise<KeyEncryptionKey>;
}

/**
 * Seals and opens secrets: the only code that holds a data key. What each part is bound
 * to: docs/crypto-format.md.
 */
export class Vault {
  /** @param failures counts what cannot be decrypted; needs an operator */
  constructor(
    private readonly keys: VaultKeys,
    private readonly failures?: Tally,
  ) {}

  /** Hold its row, to seal with it. @throws KeyRingError. @throws KeyRingOutage */
  key(kekId: string): Promise<HeldSecret['kek']> {
    return this.keys.get(kekId);
  }

  /** @param kek of {@link key} */
  seal(
    place: CredentialPlace,
    kek: HeldSecret['kek'],
    { username, password, link, additionalInformation }: Secret,
  ): SealedSecret {
    const dataKey = DataKey.generate();
    try {
      const wrappedKey = wrapFor(place, kek, dataKey);
      const core = sealFields(dataKey, corePosition(place), { username, password, link });
      return {
        ...place,
        kekId: kek.id,
        wrappedKey,
        core,
        note: sealNote(dataKey, place, 1, additionalInformation),
        noteVersion: 1,
      };
    } finally {
      dataKey.wipe();
    }
  }

  /**
   * Call it in the transaction that holds the gate: after that
   * the key may be rotated away.
   * @throws KeyRingError, which needs an operator.
   * @throws KeyRingOutage, which says nothing about this secret
   */
  async hold<Sealed extends SealedSecret>(sealed: Sealed): Promise<HeldSecret<Sealed>> {
    try {
      return { sealed, kek: await this.keys.get(sealed.kekId) };
    } catch (error) {
      if (error instanceof KeyRingError) this.failures?.inc();
      throw error;
    }
  }

  /** @throws OpenError, the same for every reason */
  open({ sealed, kek }: HeldSecret): Secret {
    return this.withDataKey(sealed, kek, (dataKey) => {
      const { username, password, link } = openFields(dataKey, corePosition(sealed), sealed.core);
      const note =
        sealed.note === null
          ? {}
          : openFields(dataKey, notePosition(sealed, sealed.noteVersion), sealed.note);
      if (!username || !password) throw new OpenError();
      return {
        username,
        password,
        link: link ?? null,
        additionalInformation: note.additionalInformation ?? null,
      };
    });
  }

  /** Checks that it can be decrypted, without making a string. @throws OpenError */
  prove({ sealed, kek }: HeldSecret): void {
    this.withDataKey(sealed, kek, (dataKey) => {
      wipe(openPart(dataKey, corePosition(sealed), sealed.core));
      if (sealed.note !== null)
        wipe(openPart(dataKey, notePosition(sealed, sealed.noteVersion), sealed.note));
    });
  }

  /** Seals another note under the credential's own data key. @throws OpenError */
  resealNote({ sealed, kek }: HeldSecret, additionalInformation: SecretText | null): Buffer | null {
    return this.withDataKey(sealed, kek, (dataKey) =>
      sealNote(dataKey, sealed, sealed.noteVersion + 1, additionalInformation),
    );
  }

  private withDataKey<T>(
    sealed: SealedSecret,
    kek: KeyEncryptionKey,
    use: (dataKey: DataKey) => T,
  ): T {
    try {
      return withDataKey(sealed, kek, use);
    } catch (error) {
      if (error instanceof OpenError) this.failures?.inc();
      throw error;
    }
  }
}

const corePosition = ({ ticketId, id }: CredentialPlace): PartPosition => ({
  context: [ticketId, id],
  part: 'core',
  version: 1,
});
const notePosition = ({ ticketId, id }: CredentialPlace, version: number): PartPosition => ({
  context: [ticketId, id],
  part: 'note',
  version,
});

const sealNote = (
  dataKey: DataKey,
  place: CredentialPlace,
  version: number,
  additionalInformation: SecretText | null,
): Buffer | null =>
  additionalInformation === null
    ? null
    : sealFields(dataKey, notePosition(place, version), { additionalInformation });

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

const mapValues = <A, B>(
  fields: Record<string, A | null>,
  to: (value: A) => B,
): Record<string, B | null> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, value === null ? null : to(value)]),
  );
