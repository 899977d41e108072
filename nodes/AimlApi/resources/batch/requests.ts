import { parseMessages } from '../../../shared/chat/messages';
import { checkPlaced, splitSystemMessages } from '../../../shared/chat/systemMessages';
import { InputError } from '../../../shared/errors/InputError';
import { isRecord } from '../../../shared/json';
import { parseJson } from '../../../shared/parameters/jsonField';
import { CHECK_EXPRESSION, parseText } from '../../../shared/parameters/textField';

/** The API's limit for one batch. */
export const MAX_REQUESTS = 100_000;

/** One request of a batch. */
export interface BatchRequest {
	custom_id: string;
	params: Record<string, unknown>;
}

/** What all requests of an item share. */
interface BatchDefaults {
	model: string;
	/** 'Model Parameters', validated; a request's own parameters override them. */
	parameters: Record<string, unknown>;
	/** 'Extra Body', merged last. */
	extra: Record<string, unknown>;
}

/**
 * A request of a batch in Anthropic's form, which the endpoint uses for all models: system messages
 * become the parameter `system`.
 *
 * @throws InputError if the messages are invalid or there is no custom ID
 */
export function toBatchRequest(
	{ customId, messages: value, ...own }: Record<string, unknown>,
	{ model, parameters, extra }: BatchDefaults,
): BatchRequest {
	const custom_id = parseText(customId, 'Custom ID').trim();
	if (!custom_id) {
		throw new InputError(
			"'Custom ID' is empty",
			`Each request needs its own ID, so that you can find its result. ${CHECK_EXPRESSION}`,
		);
	}
	const placed = splitSystemMessages(parseMessages(value));
	checkPlaced(placed, { ...parameters, ...own }, model);
	const params = {
		model,
		...placed,
		...parameters,
		...own,
		...extra,
	};
	return { custom_id, params };
}

/**
 * The entries of 'Requests', each `{custom_id, params}`, given as JSON or, by expression, as a list.
 *
 * @throws InputError if it isn't a list, is empty or too long, or has an invalid entry
 */
export function parseRequestList(value: unknown): Array<Record<string, unknown>> {
	const list = typeof value === 'string' ? (parseJson(value, 'Requests') ?? []) : value;
	if (!Array.isArray(list)) {
		throw new InputError(
			"'Requests' must be a list of requests",
			'Enter a list such as [{"custom_id": "a", "params": {"messages": [{"role": "user", "content": "Hello"}]}}], or an expression that returns one.',
		);
	}
	if (!list.length) {
		throw new InputError(
			"'Requests' is empty",
			'A batch needs at least one request. If it is an expression, check that it returns a list with at least one entry for this item.',
		);
	}
	if (list.length > MAX_REQUESTS) {
		throw new InputError(
			`'Requests' has ${list.length} requests`,
			`A batch can have up to ${MAX_REQUESTS}. Split them into several batches.`,
		);
	}
	return list.map(parseEntry);
}

function parseEntry(entry: unknown, index: number): Record<string, unknown> {
	const place = `Request ${index + 1} in 'Requests'`;
	if (!isRecord(entry) || !isRecord(entry.params)) {
		throw new InputError(`${place} has no params`, 'Each request is {"custom_id", "params"}.');
	}
	if (entry.custom_id === undefined || entry.custom_id === null || entry.custom_id === '') {
		throw new InputError(
			`${place} has no custom_id`,
			'Each request needs its own ID, so that you can find its result.',
		);
	}
	if (!Array.isArray(entry.params.messages) || !entry.params.messages.length) {
		throw new InputError(
			`${place} has no messages`,
			'Its params need a list of messages with at least one entry.',
		);
	}
	return { ...entry.params, customId: entry.custom_id };
}

/**
 * Checks that custom IDs are unique, since results are matched by them.
 *
 * @throws InputError naming the first duplicate
 */
export function checkUniqueIds(requests: BatchRequest[]): void {
	const seen = new Set<string>();
	for (const { custom_id } of requests) {
		if (seen.has(custom_id)) {
			throw new InputError(
				`'Custom ID' is not unique: two requests have ${custom_id}`,
				'Nothing was sent. Use a field that differs from item to item, or {{ $itemIndex }}.',
			);
		}
		seen.add(custom_id);
	}
}
