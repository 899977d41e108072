import { isRecord, tryParse, tryStringify } from '../../../shared/json';

/** A result of a batch: `{custom_id, result: {type, message | error}}`. */
export type BatchLine = Record<string, unknown>;

/** A result, or the text of one that can't be parsed. */
export type ResultLine =
	| { result: BatchLine; text?: undefined }
	| { result?: undefined; text: string };

/**
 * Parses the results of a batch, one per request: JSON Lines, as documented, or a list. A line that
 * can't be parsed keeps its place; the others are not affected.
 *
 * @returns `undefined` if the response has no results but the status of the batch
 */
export function parseResultLines(text: string): ResultLine[] | undefined {
	const plain = text.replace(/^\uFEFF/, '');
	const whole = tryParse(plain);
	const lines =
		whole === undefined
			? plain
					.split('\n')
					.filter((line) => line.trim() !== '')
					.map((line) => toLine(tryParse(line), line))
			: entriesOf(whole).map((entry) => toLine(entry));
	return lines.some(({ text: unreadable }) => unreadable === undefined) ? lines : undefined;
}

const toLine = (value: unknown, line?: string): ResultLine =>
	isResult(value) ? { result: value } : { text: line ?? tryStringify(value) };

function entriesOf(whole: unknown): unknown[] {
	if (Array.isArray(whole)) return whole;
	const lists = isRecord(whole) ? [whole.data, whole.results] : [];
	return lists.find(Array.isArray) ?? [whole];
}

const isResult = (value: unknown): value is BatchLine =>
	isRecord(value) && ('custom_id' in value || (isRecord(value.result) && 'type' in value.result));
