import { type ReactiveControllerHost } from 'lit';
import { type NewestFirst, noPage, type Page } from '../api/newest-first.js';
import { Loading } from './loading.js';

/**
 * A list that a view shows newest first, and older items of it
 * when somebody asks for them.
 */
export class Paged<T> {
  readonly loading: Loading<Page<T>>;
  /** Of the older items that somebody has asked for; the newest otherwise. */
  private cursor: string | undefined;

  constructor(
    host: ReactiveControllerHost,
    fetchPage: (cursor?: string) => Promise<Page<T>>,
    { withNewest, withOlder }: NewestFirst<T>,
  ) {
    this.loading = new Loading<Page<T>>(host, async () => {
      const { cursor } = this;
      const page = await fetchPage(cursor);
      return (cursor === undefined ? withNewest : withOlder)(this.loading.value ?? noPage, page);
    });
  }

  loadNewest(): void {
    this.cursor = undefined;
    void this.loading.load();
  }

  loadOlder(): void {
    this.cursor = this.loading.value?.nextCursor ?? undefined;
    void this.loading.load();
  }

  /** The same once more, after it failed. */
  retry(): void {
    void this.loading.load();
  }
}
