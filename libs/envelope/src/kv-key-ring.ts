import { timingSafeEqual } from 'node:crypto';
import { keyLength } from './aead.js';
import { KeyEncryptionKey } from './key-encryption-key.js';
import { decodeKey, encodeKey, isKekId } from './key-record.js';
import { type KeyRing, KeyRingError } from './key-ring.js';
import { type KvAnswer, KvClient, type KvSettings } from './kv-client.js';
import { randomSecret, wipe } from './secret-bytes.js';

/** A key is written once, so that its one version is the first. */
const firstVersion = 1;

/**
 * A ring in a KV secrets engine (version 2) of Vault or OpenBao, for services on several
 * hosts: one secret per key. Removing one destroys its version, which the engine never
 * undoes, and then deletes its metadata. A copy of the engine's storage keeps its keys,
 * so backups of it must not outlive an epoch.
 */
export class KvKeyRing implements KeyRing {
  private readonly kv: KvClient;

  private constructor(private readonly settings: KvSettings) {
    this.kv = new KvClient(settings);
  }

  /** @throws KeyRingError if any key in it is damaged. @throws KeyRingOutage */
  static async open(settings: KvSettings): Promise<KvKeyRing> {
    const ring = new KvKeyRing(settings);
    for (const kekId of await ring.list()) await ring.key(kekId);
    return ring;
  }

  async list(): Promise<string[]> {
    const answer = await this.kv.ask({ method: 'GET', verb: 'metadata', name: '?list=true' });
    if (this.isAbsence(answer)) return [];
    const names = answer.data?.['keys'] as string[] | undefined;
    if (!Array.isArray(names))
      throw this.kv.unexpectedAnswer(`answered ${answer.status} without a list`);
    return names.filter(isKekId).sort();
  }

  async create(kekId: string): Promise<void> {
    const key = randomSecret(keyLength);
    const record = encodeKey(kekId, key);
    try {
      const data = { key: record.toString('base64') };
      const answer = await this.kv.ask({
        method: 'POST',
        verb: 'data',
        name: this.nameOf(kekId),
        body: { options: { cas: 0 }, data },
      });
      // There is one already, perhaps ours, whose answer was lost.
      if (answer.status === 400 && (await this.holds(kekId, key))) return;
      if (answer.data?.['version'] !== firstVersion)
        throw this.kv.unexpectedAnswer(`answered ${answer.status} to a new key`);
    } finally {
      wipe(key);
      wipe(record);
    }
  }

  async read(kekId: string): Promise<KeyEncryptionKey> {
    const key = await this.key(kekId);
    if (key === undefined) throw this.missing(kekId);
    return key;
  }

  async remove(kekId: string): Promise<void> {
    const name = this.nameOf(kekId);
    const destroyed = await this.kv.ask({
      method: 'PUT',
      verb: 'destroy',
      name,
      body: { versions: [firstVersion] },
    });
    if (destroyed.status !== 204)
      throw this.kv.unexpectedAnswer(`answered ${destroyed.status} to the end of a key`);
    const forgotten = await this.kv.ask({ method: 'DELETE', verb: 'metadata', name });
    if (forgotten.status !== 204)
      throw this.kv.unexpectedAnswer(`answered ${forgotten.status} to the end of a key`);
  }

  private async key(kekId: string): Promise<KeyEncryptionKey | undefined> {
    const bytes = await this.load(kekId);
    if (bytes === undefined) return undefined;
    try {
      return KeyEncryptionKey.fromBytes(kekId, bytes);
    } finally {
      wipe(bytes);
    }
  }

  /**
   * The caller wipes the key.
   * @returns undefined for one that is not there, or was destroyed
   */
  private async load(kekId: string): Promise<Buffer | undefined> {
    const answer = await this.kv.ask({
      method: 'GET',
      verb: 'data',
      name: `${this.nameOf(kekId)}?version=${firstVersion}`,
    });
    const { data, metadata } = (answer.data ?? {}) as {
      data?: { key?: unknown } | null;
      metadata?: { deletion_time?: unknown; destroyed?: unknown };
    };
    // Deleted is not destroyed: it can be brought back. A time yet to come is
    // when the engine deletes it.
    if (metadata?.deletion_time && metadata.destroyed !== true) throw this.deleted(kekId);
    if (metadata?.destroyed === true || this.isAbsence(answer)) return undefined;
    if (typeof data?.key !== 'string')
      throw this.kv.unexpectedAnswer(`answered ${answer.status} without a key`);
    const record = Buffer.from(data.key, 'base64');
    try {
      return decodeKey(this.where(kekId), kekId, record);
    } finally {
      wipe(record);
    }
  }

  /** @throws Error if it holds another key under this id */
  private async holds(kekId: string, key: Buffer): Promise<boolean> {
    const found = await this.load(kekId);
    if (found === undefined) return false;
    const isOurs = timingSafeEqual(found, key);
    wipe(found);
    if (!isOurs) throw new Error(`The key ring ${this.settings.path} has a key ${kekId} already.`);
    return true;
  }

  /**
   * An engine that has no such secret says so with no more words; one that is not there,
   * or not of version 2, has some.
   */
  private isAbsence({ status, errors }: KvAnswer): boolean {
    if (status !== 404) return false;
    if (errors.length > 0) throw this.kv.unexpectedAnswer('answered 404');
    return true;
  }

  private nameOf(kekId: string): string {
    if (!isKekId(kekId)) throw this.missing(kekId);
    return `/${kekId}`;
  }

  private where(kekId: string): string {
    const { mount, path } = this.settings;
    return `The secret ${path}/${kekId} in the engine ${mount}`;
  }

  private missing(kekId: string): KeyRingError {
    const message =
      `The key ring ${this.settings.path} has no key ${kekId}. ` +
      'Without it, what it wrapped must be asked for anew.';
    return new KeyRingError('missing-key', message);
  }

  private deleted(kekId: string): KeyRingError {
    const message =
      `${this.where(kekId)} was deleted, or will be, but not by us. ` +
      'Undelete it, and set delete_version_after to 0.';
    return new KeyRingError('deleted-key', message);
  }
}
