import { isRecord } from './proxy/call.ts';

export interface NewAlert {
  readonly alertname: string;
  readonly severity: 'critical' | 'warning' | 'info';
  readonly team?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly generatorURL?: string;
  /** Epoch ms; now when not given. */
  readonly startsAt?: number;
}

/** What monitoring and people do with alerts, past the proxy. Alertmanager lives by the machine's clock. */
export class AlertActions {
  readonly #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** Fires, or fires again: the same labels are the same alert. */
  async fire(...alerts: readonly NewAlert[]): Promise<void> {
    await this.#post(
      '/api/v2/alerts',
      alerts.map((alert) => posted(alert, Date.now() + 86_400_000)),
    );
  }

  async resolve(...alerts: readonly NewAlert[]): Promise<void> {
    await this.#post(
      '/api/v2/alerts',
      alerts.map((alert) => posted(alert, Date.now() - 1000)),
    );
  }

  /** @returns the silence's id. */
  async silence(alertname: string, { by = 'Kai', comment = 'Known, being fixed', hours = 8 } = {}): Promise<string> {
    const answer = await this.#post('/api/v2/silences', {
      matchers: [{ name: 'alertname', value: alertname, isRegex: false, isEqual: true }],
      startsAt: new Date().toISOString(),
      endsAt: new Date(Date.now() + hours * 3_600_000).toISOString(),
      createdBy: by,
      comment,
    });
    return isRecord(answer) ? String(answer['silenceID']) : '';
  }

  async unsilence(id: string): Promise<void> {
    await fetch(`${this.#origin}/api/v2/silence/${id}`, { method: 'DELETE' });
  }

  async list(): Promise<
    readonly { readonly labels: Readonly<Record<string, string>>; readonly status: { readonly state: string } }[]
  > {
    const response = await fetch(`${this.#origin}/api/v2/alerts`);
    return (await response.json()) as Awaited<ReturnType<AlertActions['list']>>;
  }

  async #post(path: string, body: unknown): Promise<unknown> {
    const response = await fetch(`${this.#origin}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`Alertmanager: ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }
}

function posted(alert: NewAlert, endsAt: number): Record<string, unknown> {
  const { alertname, severity, team = 'integrations', labels = {}, annotations = {}, generatorURL, startsAt } = alert;
  return {
    labels: { alertname, severity, team, ...labels },
    annotations,
    startsAt: new Date(Math.min(startsAt ?? Date.now(), Date.now() - 2000)).toISOString(),
    endsAt: new Date(endsAt).toISOString(),
    ...(generatorURL === undefined ? {} : { generatorURL }),
  };
}
