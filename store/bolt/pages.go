package bolt

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"io"

	"linkline/store"
)

// bbolt trusts its pages: a damaged one can send it outside the file, where
// the process dies. So each page that the last commit reaches is looked at
// before bbolt may map the file: that it is where it says, that what it holds
// lies within it and is in order, and that no other page holds it too. What a
// row holds is the store's to check.

// The parts of bbolt's file, in bytes.
const (
	headerSize  = 16 // of a page: id 8, flags 2, count 2, overflow 4
	elementSize = 16 // leaf: flags 4, pos 4, key 4, value 4; branch: pos 4, key 4, page 8
	bucketSize  = 16 // root 8, sequence 8
	metaSize    = 64 // magic 4, version 4, page size 4, flags 4, bucket 16, freelist 8, pages 8, commit 8, sum 8
)

const (
	branchFlag = 0x01
	leafFlag   = 0x02
	bucketFlag = 0x01 // of a leaf's element
)

var order = binary.NativeEndian

// pageCheck looks at the pages of one file.
type pageCheck struct {
	file  io.ReaderAt
	size  int64 // of a page
	pages uint64
	seen  []bool // by page
}

// checkPages answers store.ErrCorrupt when a page of the last commit is damaged.
func checkPages(file io.ReaderAt, fileSize int64, pageSize int) error {
	c := &pageCheck{file: file, size: int64(pageSize)}
	meta := c.lastMeta()
	if meta == nil {
		return damaged("neither of its first pages is whole")
	}
	root := order.Uint64(meta[16:])
	c.pages = order.Uint64(meta[40:])
	if c.pages > maxPages || c.at(c.pages) > fileSize {
		return damaged("it is cut short, at page %d of %d", fileSize/c.size, c.pages)
	}
	c.seen = make([]bool, c.pages)
	return c.tree(root, keys{})
}

// maxPages keeps the arithmetic of offsets within its bounds.
const maxPages = 1 << 40

// at is where a page begins.
func (c *pageCheck) at(id uint64) int64 {
	return int64(id) * c.size //nolint:gosec // no page is beyond maxPages
}

// lastMeta is the newer of the two first pages that are whole.
func (c *pageCheck) lastMeta() (last []byte) {
	for n := range int64(2) {
		meta := make([]byte, metaSize)
		if _, err := c.file.ReadAt(meta, n*c.size+headerSize); err != nil {
			continue
		}
		sum := fnv.New64a()
		_, _ = sum.Write(meta[:metaSize-8])
		if sum.Sum64() != order.Uint64(meta[metaSize-8:]) {
			continue
		}
		if last == nil || order.Uint64(meta[48:]) > order.Uint64(last[48:]) {
			last = meta
		}
	}
	return last
}

// keys are the bounds of a page's keys, as the pages above it say; nil for no
// bound.
type keys struct{ from, to []byte }

// next reports whether a key comes next within the bounds, and moves them on.
func (k *keys) next(key []byte, first bool) bool {
	c := 1
	if k.from != nil {
		c = bytes.Compare(key, k.from)
	}
	ok := (c > 0 || (c == 0 && first)) && (k.to == nil || bytes.Compare(key, k.to) < 0)
	k.from = key
	return ok
}

// tree looks at a page and at all that it leads to.
func (c *pageCheck) tree(id uint64, within keys) error {
	page, err := c.read(id)
	if err != nil {
		return err
	}
	if err := c.page(page, within); err != nil {
		return fmt.Errorf("page %d: %w", id, err)
	}
	return nil
}

// read returns a page with its overflow, once.
func (c *pageCheck) read(id uint64) ([]byte, error) {
	if id < 2 || id >= c.pages {
		return nil, damaged("a page that is not there, %d of %d", id, c.pages)
	}
	page := make([]byte, c.size)
	if _, err := c.file.ReadAt(page, c.at(id)); err != nil {
		return nil, fmt.Errorf("page %d: %w", id, err)
	}
	overflow := uint64(order.Uint32(page[12:]))
	if order.Uint64(page) != id || overflow >= c.pages-id {
		return nil, damaged("page %d is not one", id)
	}
	for n := id; n <= id+overflow; n++ {
		if c.seen[n] {
			return nil, damaged("page %d is used twice", n)
		}
		c.seen[n] = true
	}
	if overflow > 0 {
		page = make([]byte, c.at(overflow+1))
		if _, err := c.file.ReadAt(page, c.at(id)); err != nil {
			return nil, fmt.Errorf("page %d: %w", id, err)
		}
	}
	return page, nil
}

// page looks at what one page holds; an inline bucket's is one too.
func (c *pageCheck) page(page []byte, bounds keys) error {
	flags, count := order.Uint16(page[8:]), int(order.Uint16(page[10:]))
	if flags != branchFlag && flags != leafFlag {
		return damaged("flags %#x", flags)
	}
	if headerSize+count*elementSize > len(page) {
		return damaged("%d elements in %d bytes", count, len(page))
	}
	for n := range count {
		element := page[headerSize+n*elementSize:]
		pos, size := order.Uint32(element[4:]), order.Uint32(element[8:])
		if flags == branchFlag {
			pos, size = order.Uint32(element), order.Uint32(element[4:])
		}
		key, err := part(element, uint64(pos), size)
		if err != nil {
			return err
		}
		if !bounds.next(key, n == 0) {
			return damaged("keys out of order")
		}
		if flags == branchFlag {
			err = c.branch(page, n, keys{key, bounds.to})
		} else {
			err = c.leaf(element)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// branch looks at the page that an element of a branch leads to; its keys end
// where those of the next element begin.
func (c *pageCheck) branch(page []byte, n int, bounds keys) error {
	element := page[headerSize+n*elementSize:]
	if n+1 < int(order.Uint16(page[10:])) {
		next := element[elementSize:]
		key, err := part(next, uint64(order.Uint32(next)), order.Uint32(next[4:]))
		if err != nil {
			return err
		}
		bounds.to = key
	}
	return c.tree(order.Uint64(element[8:]), bounds)
}

// leaf looks at the value of a leaf's element, and at the bucket that it is.
func (c *pageCheck) leaf(element []byte) error {
	end := uint64(order.Uint32(element[4:])) + uint64(order.Uint32(element[8:]))
	value, err := part(element, end, order.Uint32(element[12:]))
	if err != nil || order.Uint32(element)&bucketFlag == 0 {
		return err
	}
	if len(value) < bucketSize {
		return damaged("a bucket of %d bytes", len(value))
	}
	if root := order.Uint64(value); root != 0 {
		return c.tree(root, keys{})
	}
	if len(value) < bucketSize+headerSize {
		return damaged("a bucket of %d bytes", len(value))
	}
	return c.page(value[bucketSize:], keys{})
}

// part is a part of the page, counted from the element.
func part(element []byte, pos uint64, size uint32) ([]byte, error) {
	if pos+uint64(size) > uint64(len(element)) {
		return nil, damaged("an element outside its page")
	}
	return element[pos : pos+uint64(size)], nil
}

func damaged(format string, args ...any) error {
	return fmt.Errorf("%s: %w", fmt.Sprintf(format, args...), store.ErrCorrupt)
}
