import type { CoverageView, PlaceView } from './view.ts';

/** Whether a person checked the place on the day of `now` (epoch ms); a view of an earlier day says no. */
export function isCheckedToday({ checkedAt }: PlaceView, { today }: CoverageView, now: number): boolean {
  return checkedAt !== undefined && checkedAt >= today.from && now < today.to;
}

/** How many places are still to be checked at `now` (epoch ms): none before the day's work begins, and none on a day off. */
export function uncheckedCount(view: CoverageView, now: number): number {
  const { dueFrom, today, places } = view;
  if (dueFrom === undefined || now < dueFrom || now >= today.to) return 0;
  return places.filter((place) => !isCheckedToday(place, view, now)).length;
}
