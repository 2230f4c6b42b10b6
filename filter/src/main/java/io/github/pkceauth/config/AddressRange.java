package io.github.pkceauth.config;

import io.github.pkceauth.oidc.Printable;

/**
 * IP addresses that begin alike, as CIDR notation has them (RFC 4632); a single address is the smallest range.
 *
 * @param first the first address
 * @param bits how many bits all of them have in common
 */
record AddressRange(IpAddress first, int bits) {

    /** Every IPv4 address there is. */
    private static final AddressRange ALL_IPV4 =
            new AddressRange(new IpAddress(0, 0xFFFFL << 32), IpAddress.MAPPED_BITS);

    private static final int MAX_DIGITS = 3;

    /** Reads an address or a range of them, which may not be everybody's. */
    static AddressRange parse(String text) throws BadValue {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        IpAddress first = IpAddress.parse(address)
                .orElseThrow(() -> new BadValue(quoted(text)
                        + " is no IP address and no range; write such as 127.0.0.1, ::1 or 10.0.0.0/8, separated by"
                        + " spaces (names are not looked up)"));
        int before = address.indexOf(':') < 0 ? IpAddress.MAPPED_BITS : 0;
        int bits = slash < 0 ? IpAddress.BITS : before + length(text, slash, IpAddress.BITS - before);
        AddressRange range = new AddressRange(first.first(bits), bits);
        if (bits <= IpAddress.MAPPED_BITS && range.contains(ALL_IPV4.first)) {
            throw new BadValue(quoted(text) + " is everybody, and then anybody can say where users are sent; name the"
                    + " proxies' own addresses");
        }
        if (!range.first.equals(first)) {
            throw new BadValue(quoted(text) + " begins within the range; write " + quoted(address)
                    + " for that machine alone, or the first address of the range before the slash");
        }
        return range;
    }

    boolean contains(IpAddress address) {
        return address.first(bits).equals(first);
    }

    private static int length(String text, int slash, int most) throws BadValue {
        String digits = text.substring(slash + 1);
        boolean number = digits.length() <= MAX_DIGITS && digits.matches("[0-9]+");
        if (!number || Integer.parseInt(digits) > most) {
            throw new BadValue(quoted(text) + ": write a number of bits from 1 to " + most + " behind the slash");
        }
        return Integer.parseInt(digits);
    }

    private static String quoted(String text) {
        return "'" + Printable.of(text) + "'";
    }
}
