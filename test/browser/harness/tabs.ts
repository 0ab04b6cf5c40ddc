import { type BrowserContextOptions, type Page, type Request } from 'playwright-core';
import { waitFor } from '../../support/wait-for.js';
import { type DeskData } from './desk-data.js';
import { isStream } from './hold.js';
import { type Scene } from './scene.js';
import { timeoutMs, type Visitor } from './visitor.js';

export interface Tab {
  readonly page: Page;
  readonly ticketId: string;
  /** Of the ticket's credential; each ticket has another. */
  readonly password: string;
}

interface TabsStage {
  readonly scene: Scene;
  readonly data: DeskData;
}

/** One browser with a tab for each of several tickets. */
export class Tabs {
  readonly all: Tab[] = [];
  /** Streams that are open, as the browser sees it. */
  private readonly streams = new Set<Request>();

  private constructor(
    private readonly stage: TabsStage,
    private readonly visitor: Visitor,
  ) {
    const { context } = visitor;
    context.on('request', (request) => isStream(request.url()) && this.streams.add(request));
    const onEnd = (request: Request) => void this.streams.delete(request);
    context.on('requestfinished', onEnd);
    context.on('requestfailed', onEnd);
  }

  /**
   * @param options of the browser, such as the `baseURL` of a proxy that
   *   stands before the gateway
   */
  static async open(stage: TabsStage, options: BrowserContextOptions = {}): Promise<Tabs> {
    const tabs = new Tabs(stage, await stage.scene.visitor(options));
    await tabs.visitor.page.close();
    return tabs;
  }

  /** Opens a tab with a new ticket of Bob's, and reveals its credential. */
  async reveal(): Promise<Tab> {
    const tab = await this.show('Bob', 'bob');
    await tab.page.getByRole('button', { name: 'Reveal all' }).click();
    await tab.page.getByText(tab.password, { exact: true }).waitFor();
    return tab;
  }

  /** Opens a tab in which the person has a new ticket open. */
  async show(name: string, assigneeId: string | null): Promise<Tab> {
    const { data } = this.stage;
    const number = this.all.length + 1;
    const password = `Blue${number}Fish!`;
    const ticketId = await data.ticket(`Ticket ${number}`);
    await data.share(ticketId, { username: 'root', password });
    if (assigneeId !== null) await data.change(ticketId, { assigneeId });
    const page = await this.visitor.context.newPage();
    await page.goto(`/tickets/${ticketId}?view=credentials`);
    await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    const tab = { page, ticketId, password };
    this.all.push(tab);
    return tab;
  }

  /** The tab that has opened the newest stream. */
  async leader(): Promise<Tab> {
    return waitFor(() => {
      const [newest] = [...this.streams].reverse();
      return this.all.find(({ page }) => newest?.frame().page() === page);
    });
  }

  /** A tab that holds no stream. */
  async follower(): Promise<Tab> {
    const leader = await this.leader();
    return this.all.find((tab) => tab !== leader && !tab.page.isClosed()) as Tab;
  }

  /** Ends the ticket, and waits until its tab shows no password. */
  async end({ page, ticketId, password }: Tab): Promise<void> {
    await this.stage.data.change(ticketId, { status: 'resolved' });
    await page.getByText(password).waitFor({ state: 'detached', timeout: timeoutMs });
  }

  async isShown({ page, password }: Tab): Promise<boolean> {
    return (await page.getByText(password, { exact: true }).count()) === 1;
  }
}
