import { ENDPOINT_KINDS } from './kinds';
import type { Model } from './model';
import { valuesOf } from './query';

const SECTIONS = ['pricing', 'modalities', 'capabilities'] as const;
type Section = (typeof SECTIONS)[number];

/** The optional sections that `include` requests. Unknown values are ignored, as documented. */
export function parseSections(include: string | string[] | undefined): Section[] {
	const wanted = valuesOf(include);
	return SECTIONS.filter((section) => wanted.includes('all') || wanted.includes(section));
}

/**
 * A catalog entry since August 2026. `docsJson` links to the public host, as in the real catalog, so a
 * client that follows the link leaves this machine.
 */
export function currentEntry(model: Model, include: Section[]) {
	const { type } = ENDPOINT_KINDS[model.endpoint];
	const query = `model=${encodeURIComponent(model.id)}&endpoint=${encodeURIComponent(type)}`;
	return {
		id: model.id,
		aliases: model.aliases,
		type,
		info: { ...model.info, docsJson: `https://api.aimlapi.com/docs-json?${query}` },
		tags: model.tags,
		...Object.fromEntries(include.map((section) => [section, model[section]])),
	};
}
