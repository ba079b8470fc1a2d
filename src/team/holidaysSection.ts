import { listLength, type Reading, report, valueAt } from './reading.ts';
import { isDate } from './words.ts';
import type { YamlPath } from './yamlText.ts';

const PATH: YamlPath = ['holidays'];

/** The dates of a team file's `holidays:`, sorted; a calendar's address among them is named as not read. */
export function readHolidays(reading: Reading): readonly string[] {
  if (isAddress(valueAt(reading, PATH))) {
    report(reading, 'holidayCalendar', { path: PATH });
    return [];
  }
  const dates = new Set<string>();
  for (let index = 0, length = listLength(reading, PATH); index < length; index += 1) {
    const path: YamlPath = [...PATH, index];
    const value = valueAt(reading, path);
    if (isAddress(value)) report(reading, 'holidayCalendar', { path });
    else if (typeof value === 'string' && isDate(value.trim())) dates.add(value.trim());
    else report(reading, 'date', { path }, ['holidays']);
  }
  return [...dates].sort();
}

function isAddress(value: unknown): boolean {
  return typeof value === 'string' && /^(?:https?|webcals?):\/\//iu.test(value.trim());
}
