import fc from 'fast-check';
import { findOutputFiles } from '../../../../nodes/AimlApi/media/outputFiles';

const png = 'https://cdn.example.com/a.png';

test.each<[string, unknown, unknown[]]>([
	['under data', { created: 1, data: [{ url: png }] }, [{ url: png }]],
	['as bytes', { data: [{ url: null, b64_json: 'QUJD' }] }, [{ base64: 'QUJD' }]],
	['both ways, once', { data: [{ url: png, b64_json: 'QUJD' }] }, [{ url: png, base64: 'QUJD' }]],
	[
		'under images, with their type',
		{ images: [{ url: png, content_type: 'image/png' }] },
		[{ url: png, mimeType: 'image/png' }],
	],
	[
		'under data and images alike, once',
		{ data: [{ url: png }], images: [{ url: png }] },
		[{ url: png }],
	],
	['as a mesh', { model_mesh: { url: 'http://x.test/a.glb' } }, [{ url: 'http://x.test/a.glb' }]],
	[
		'as several meshes',
		{ mask_1_mesh: { url: 'http://x.test/1.glb' }, mask_2_mesh: { url: 'http://x.test/2.glb' } },
		[{ url: 'http://x.test/1.glb' }, { url: 'http://x.test/2.glb' }],
	],
	[
		'as a video with its name',
		{ id: '1:a/b', status: 'completed', video: { url: png, file_name: 'v.mp4' } },
		[{ url: png, fileName: 'v.mp4' }],
	],
	['as a list of addresses', { video: [png] }, [{ url: png }]],
	['as a list of objects', { video: [{ url: png }] }, [{ url: png }]],
	['as a bare address', { audio: png }, [{ url: png }]],
	[
		'as a data URL',
		{ data: [{ url: 'data:image/png;base64,QUJD' }] },
		[{ mimeType: 'image/png', base64: 'QUJD' }],
	],
	[
		'as a data URL where bytes belong',
		{ images: [{ image_base64: 'data:image/png;base64,QUJD' }] },
		[{ mimeType: 'image/png', base64: 'QUJD' }],
	],
	[
		'as a text in base64 that begins like a file',
		{ audio: Buffer.from('ID3\u0004 and so on, and so on').toString('base64') },
		[{ base64: Buffer.from('ID3\u0004 and so on, and so on').toString('base64') }],
	],
	[
		'nowhere in a text that only looks like base64',
		{ trace: 'abcdefghijklmnopqrstuvwxyz0123' },
		[],
	],
	['as a list of URLs', { urls: [png] }, [{ url: png }]],
	['as a 3D model', { output: { model: png } }, [{ url: png }]],
	['with blanks around the URL', { data: [{ url: ` ${png}\n` }] }, [{ url: png }]],
	['by a URL without a scheme', { image: '//cdn.example.com/a.png' }, [{ url: png }]],
	['by a path on the host', { data: [{ url: '/files/a.png?x=1' }] }, [{ url: '/files/a.png?x=1' }]],
	['in JSON in a text', { resultJson: JSON.stringify({ resultUrls: [png] }) }, [{ url: png }]],
	[
		'in hexadecimal',
		{ data: { audio: Buffer.from(`ID3\u0004${'-'.repeat(100)}`).toString('hex') } },
		[{ base64: Buffer.from(`ID3\u0004${'-'.repeat(100)}`).toString('base64') }],
	],
	[
		'in base64 with only their type to tell what they are',
		{ parts: [{ inlineData: { mimeType: 'audio/L16;rate=24000', data: 'AAEC' } }] },
		[{ mimeType: 'audio/l16', base64: 'AAEC' }],
	],
	[
		"beside the URL of the job's page",
		{ url: 'https://x.test/job', images: [{ url: png }] },
		[{ url: 'https://x.test/job' }, { url: png }],
	],
	[
		'without their previews',
		{ video: { url: png, thumbnail: { url: 'http://x.test/1' } }, preview_url: 'http://x.test/2' },
		[{ url: png }],
	],
	[
		'in their original size',
		{ image: { thumbnail: { url: 'http://x.test/1' }, original: { url: png } } },
		[{ url: png }],
	],
	['as a preview, when there is nothing else', { thumbnail: { url: png } }, [{ url: png }]],
	[
		"without the user's own files",
		{ image: png, reference_images: [`${png}?1`], input_video: { url: `${png}?2` } },
		[{ url: png }],
	],
	[
		'nowhere in the hash of a file',
		{ hash: Buffer.from(`ID3\u0004${'-'.repeat(60)}`).toString('hex') },
		[],
	],
	['nowhere in links to the job', { urls: { get: png, cancel: png, stream: '' } }, []],
	['nowhere, when it is null', { video: null, meta: { usage: { url: png } } }, []],
	['nowhere in what is about the call', { id: png, error: { url: png }, meta: { docs: png } }, []],
])('files are found %s', (_, body, files) => {
	expect(findOutputFiles(body)).toEqual(files);
});

test('any body can be searched for files', () => {
	fc.assert(fc.property(fc.jsonValue(), (body) => Array.isArray(findOutputFiles(body))));
});
