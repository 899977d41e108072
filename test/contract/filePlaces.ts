import { bodySchema, forms, type ApiDocument, type Schema } from './schema';
import type { DocumentedModel } from './collections';

/** The paths that take files in the documented requests, by endpoint. */
const DOCUMENTED: Record<string, string[]> = {
	'/v1/images/generations': [
		'alpha_url',
		'image',
		'image_url',
		'image_urls',
		'mesh_url',
		'reference_image_url',
	],
	'/v1/images/edits': ['image', 'mask'],
	'/v2/generate/audio': ['reference_audio_url'],
	'/v1/tts': [
		'references.audio_data',
		'references.audio_url',
		'references.image_data',
		'references.image_url',
	],
	'/v1/stt/create': ['audio', 'file', 'url'],
	'/v1/ocr': ['document', 'document.document_url', 'document.image_url'],
	'/v2/video/generations': [
		'alpha_url',
		'audio_url',
		'audio_urls',
		'dynamic_masks.mask',
		'elements.frontal_image_url',
		'elements.reference_image_urls',
		'elements.video_url',
		'first_frame_image',
		'image_list',
		'image_url',
		'image_urls',
		'last_image_url',
		'reference_image_url',
		'static_mask',
		'tail_image_url',
		'video_url',
		'video_urls',
	],
};

/** Names of properties that take base64 and no URL. */
const IN_BASE64 = /(data|base64)$/;

/** A place in a request that takes a file. */
export interface FilePlace {
	/** Property names, without the lists in between. */
	path: string[];
	/** What the body has there; an address is a URL or a data URL. */
	holds: 'address' | 'base64' | 'upload';
	/** Whether it takes a URL. */
	takesAddress: boolean;
	/** The limits of a list of files, if it takes one. */
	list?: { least: number; most: number };
	/** Whether it takes a file without a list. */
	takesOne: boolean;
	required: boolean;
}

/** The places in a model's requests that 'Files' can fill. */
export function filePlaces({ endpoint, document, files }: DocumentedModel): FilePlace[] {
	const paths = files ?? DOCUMENTED[endpoint] ?? [];
	const body = bodySchema(document);
	return paths.flatMap((path): FilePlace[] => {
		const names = path.split('.');
		const own = schemasAt(body, names, document);
		const list = own.find(({ type }) => type === 'array');
		const entries = own.flatMap((form) => (form.items ? forms(form.items, document) : [form]));
		const held = entries
			.map((form) => holdOf(form, names, body))
			.find((hold) => hold !== undefined);
		if (!held) return [];
		const { minItems = 1, maxItems = Infinity } = list ?? {};
		return [
			{
				path: names,
				holds: held,
				takesAddress: held === 'address' || !IN_BASE64.test(names[names.length - 1]),
				list: list && { least: minItems, most: maxItems },
				takesOne: own.some((form) => form.type !== 'array' && holdOf(form, names, body)),
				required: names.length === 1 && (body.required ?? []).includes(path),
			},
		];
	});
}

/** The forms of the property at a path, seen through the lists in between. */
function schemasAt(schema: Schema, [name, ...rest]: string[], document: ApiDocument): Schema[] {
	const objects = forms(schema, document).flatMap((form) =>
		form.items ? forms(form.items, document) : [form],
	);
	return objects.flatMap(({ properties = {} }) => {
		if (!Object.hasOwn(properties, name)) return [];
		const property = properties[name];
		return rest.length ? schemasAt(property, rest, document) : forms(property, document);
	});
}

/**
 * What a form takes of a file; `undefined` for a form that takes none. A body with the file's type in
 * another property takes base64 instead of a data URL.
 */
function holdOf(
	{ type, format, properties }: Schema,
	path: string[],
	body: Schema,
): FilePlace['holds'] | undefined {
	if (properties?.originalname !== undefined || format === 'binary') return 'upload';
	if (type !== 'string') return undefined;
	const name = path[path.length - 1];
	const saysType = body.properties?.mimeType !== undefined && !/url/.test(name);
	return saysType || IN_BASE64.test(name) ? 'base64' : 'address';
}
