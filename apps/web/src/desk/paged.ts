import { type ReactiveControllerHost } from 'lit';
import { type NewestFirst, noPage, type Page } from '../api/newest-first.js';
import { Loading } from './loading.js';

/** A list that is shown newest first, with older pages on demand. */
export class Paged<T> {
  readonly loading: Loading<Page<T>>;
  /** The cursor of the page that is being loaded; undefined for the newest. */
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

  /** Loads the page again that failed. */
  retry(): void {
    void this.loading.load();
  }
}
