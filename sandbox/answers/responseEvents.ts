import type { Response } from './response';
import { piecesOf } from './sentences';

type Part = { type: string; text?: string };

/** The events of a streamed response; the last one has all of it, e.g. `response.completed`. */
export function* eventsOf(response: Response): Generator<{ type: string }> {
	const started = { ...response, status: 'in_progress', output: [], usage: null };
	yield event('response.created', { response: started });
	for (const [output_index, item] of response.output.entries()) {
		yield event('response.output_item.added', { output_index, item: { ...item, content: [] } });
		for (const [content_index, part] of ((item.content ?? []) as Part[]).entries()) {
			const place = { item_id: item.id, output_index, content_index };
			for (const delta of piecesOf(part.text ?? '')) {
				yield event('response.output_text.delta', { ...place, delta });
			}
			yield event('response.content_part.done', { ...place, part });
		}
		yield event('response.output_item.done', { output_index, item });
	}
	yield event(`response.${response.status}`, { response });
}

const event = (type: string, content: object) => ({ type, ...content });
