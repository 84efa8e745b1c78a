/* QR codes by libqrencode. */
#include <sulan/qr.h>

#include <qrencode.h>

#include <sulan/arena.h>

const struct qr *qr_make(struct arena *arena, const char *text)
{
	QRcode *code = QRcode_encodeString(text, 0, QR_ECLEVEL_L, QR_MODE_8, 1);
	if (!code)
		return NULL;
	struct qr *qr = arena_alloc(arena, sizeof(*qr));
	size_t n = (size_t)code->width * (size_t)code->width;
	unsigned char *modules = arena_alloc(arena, n);
	for (size_t i = 0; i < n; i++)
		modules[i] = code->data[i] & 1; /* the other bits are the encoder's own */
	*qr = (struct qr){code->width, modules};
	QRcode_free(code);
	return qr;
}

bool qr_is_dark(const struct qr *qr, int row, int col)
{
	if (row < 0 || col < 0 || row >= qr->size || col >= qr->size)
		return false;
	return qr->modules[row * qr->size + col];
}
