import type { Item } from '../core/item.ts';
import { parseIncidentId } from '../core/nativeIds.ts';
import type { Proposal, Write } from '../core/proposal.ts';
import { proposalOf } from './proposalOf.ts';

export interface IncidentInput {
  readonly item: Item;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Of the proposal. */
  readonly id: string;
}

/** The PagerDuty incidents of an item that are not over, by their ids. */
export function openIncidents({ signals }: Item): readonly string[] {
  return signals.flatMap(({ id, state }) => (state === 'closed' ? [] : (parseIncidentId(id) ?? [])));
}

/** Resolves the open incidents of an item; a `note` is added to each before. */
export function resolveIncident(input: IncidentInput, note?: string): Proposal {
  const steps = openIncidents(input.item).flatMap((incident): readonly Write[] => {
    const said = note === undefined ? [] : [addNote(incident, note, input.id)];
    return [...said, { type: 'resolve', incident }];
  });
  return proposalOf('incident', input, steps);
}

/** Adds a note to the open incidents of an item. */
export function noteIncident(input: IncidentInput, note: string): Proposal {
  return proposalOf(
    'incident',
    input,
    openIncidents(input.item).map((incident) => addNote(incident, note, input.id)),
  );
}

/** `id` is that of the proposal. People read the marker in PagerDuty, which shows notes as they are, so it is short. */
export function addNote(incident: string, text: string, id: string): Write {
  return { type: 'addNote', incident, text, marker: `(Responder Duty ${id})` };
}
